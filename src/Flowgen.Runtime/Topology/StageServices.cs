using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The services that the primary constructor of a stage asks for; generated code calls this.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StageServices
{
    /// <summary>Finds a service that a stage cannot do without.</summary>
    /// <typeparam name="TService">Type of the constructor parameter.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="stage">Name of the stage class, for the message.</param>
    /// <returns>The service.</returns>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    public static TService Require<TService>(IServiceProvider services, string stage)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService(typeof(TService)) is TService service ? service
            : throw new InvalidOperationException($"stage '{stage}' asks for '{typeof(TService).Name}' in its constructor, but no such service is registered: register it with the host, for example builder.Services.AddSingleton<{typeof(TService).Name}>(…)");
    }
}
