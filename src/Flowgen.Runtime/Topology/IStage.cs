using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>What the generator adds to a class with <see cref="StageAttribute"/>.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStage<TSelf>
    where TSelf : IStage<TSelf>
{
    /// <summary>Name and pipeline of the stage.</summary>
    static abstract StageInfo Info { get; }

    /// <summary>Names the operators of the stage, what they read and what they write.</summary>
    /// <param name="stage">Takes the description.</param>
    static abstract void Describe(StageBuilder stage);
}
