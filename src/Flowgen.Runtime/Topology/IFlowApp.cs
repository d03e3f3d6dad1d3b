using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>What the generator adds to a class with <see cref="FlowAppAttribute"/>.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFlowApp<TSelf>
    where TSelf : IFlowApp<TSelf>
{
    /// <summary>Name, commit interval and picture of the app.</summary>
    static abstract AppInfo Info { get; }

    /// <summary>Names the topics and stages of the app and wires them.</summary>
    /// <param name="app">Takes the description.</param>
    static abstract void Describe(AppBuilder app);
}
