using System.Diagnostics.Metrics;
using Flowgen;
using Flowgen.Hosting;
using Flowgen.Log;
using Flowgen.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Runs Flowgen apps on a host.</summary>
public static class FlowgenHostExtensions
{
    /// <summary>Runs an app with the host: starts with it, and when it shuts down, finishes what has been read and commits it.
    /// Adds a <see cref="Producer{TRecord}"/> for each of the app's topics, the <see cref="FlowLog"/> unless there is one,
    /// and a health check <c>flowgen</c> with the tags <c>live</c> and <c>ready</c>. The log's metrics go to the host's meter factory, what it reports to the host's logs.</summary>
    /// <typeparam name="TApp">The class with <see cref="FlowAppAttribute"/>.</typeparam>
    /// <param name="builder">The host that is being built.</param>
    /// <param name="configure">Changes the options after section <c>Flowgen</c> of the configuration has been read.</param>
    /// <returns>The builder.</returns>
    public static IHostApplicationBuilder AddFlowgen<TApp>(this IHostApplicationBuilder builder, Action<FlowgenOptions>? configure = null)
        where TApp : IFlowApp<TApp>
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOptions(builder, configure);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(OpenLog);
        builder.Services.AddKeyedSingleton(TApp.Info.Name, static (services, _) => CreateEngine<TApp>(services));
        builder.Services.TryAddSingleton(static services => services.GetRequiredKeyedService<FlowEngine>(TApp.Info.Name));
        foreach (IGrouping<Type, AppProducer> producers in AppProducer.Of<TApp>().GroupBy(producer => producer.ProducerType)) AddProducers(builder.Services, producers.Key, [.. producers]);
        AddHealthCheck(builder.Services, TApp.Info.Name);
        builder.Services.AddSingleton<IHostedService>(static services => new FlowgenService(
            services.GetRequiredKeyedService<FlowEngine>(TApp.Info.Name), services.GetRequiredService<FlowLog>(), services.GetRequiredService<ILoggerFactory>()));
        return builder;
    }

    /// <summary>One check for the log and all apps on it.</summary>
    private static void AddHealthCheck(IServiceCollection services, string app)
    {
        if (!services.Any(service => service.ServiceType == typeof(HostedApp)))
            services.AddHealthChecks().AddCheck<FlowgenHealthCheck>(FlowgenHealthCheck.Name, tags: ["live", "ready"]);
        services.AddSingleton(new HostedApp(app));
    }

    private static void AddOptions(IHostApplicationBuilder builder, Action<FlowgenOptions>? configure)
    {
        OptionsBuilder<FlowgenOptions> options = builder.Services.AddOptions<FlowgenOptions>().Bind(builder.Configuration.GetSection(FlowgenOptions.Section));
        if (configure is not null) options.Configure(configure);
        options.ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlowgenOptions>, FlowgenOptionsValidator>());
    }

    private static FlowLog OpenLog(IServiceProvider services)
    {
        FlowgenOptions options = services.GetRequiredService<IOptions<FlowgenOptions>>().Value;
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Flowgen.Log");
        return FlowLog.Open(options.Directory, new FlowLogOptions
        {
            Durability = options.Durability,
            TimeProvider = services.GetRequiredService<TimeProvider>(),
            MeterFactory = services.GetService<IMeterFactory>(),
            OnEvent = told => Messages.Write(logger, told),
        });
    }

    private static FlowEngine CreateEngine<TApp>(IServiceProvider services)
        where TApp : IFlowApp<TApp>
    {
        FlowgenOptions options = services.GetRequiredService<IOptions<FlowgenOptions>>().Value;
        FlowEngineOptions engine = new()
        {
            Workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers,
            Partitions = options.Partitions,
            CommitEvery = options.CommitEveryMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            MaxEpochBytes = options.MaxEpochBytes,
            MaxInFlightBytes = options.MaxInFlightBytes,
            OnError = options.OnError,
            RetryEvery = TimeSpan.FromMilliseconds(options.RetryEveryMs),
            TimeProvider = services.GetRequiredService<TimeProvider>(),
        };
        return FlowEngine.Create<TApp>(services.GetRequiredService<FlowLog>(), engine, services);
    }

    /// <summary>By the name of the topic; and by type alone where the type has one topic.</summary>
    private static void AddProducers(IServiceCollection services, Type type, IReadOnlyList<AppProducer> producers)
    {
        foreach (AppProducer producer in producers)
        {
            services.TryAdd(new ServiceDescriptor(type, producer.Topic.Name, (provider, _) => producer.Create(provider.GetRequiredService<FlowLog>(), provider.GetRequiredService<TimeProvider>()), ServiceLifetime.Singleton));
        }

        if (producers.Count == 1)
            services.TryAdd(new ServiceDescriptor(type, provider => provider.GetRequiredKeyedService(type, producers[0].Topic.Name), ServiceLifetime.Singleton));
    }
}
