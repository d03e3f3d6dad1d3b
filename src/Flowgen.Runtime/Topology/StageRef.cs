using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>A stage of an app that is being described.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageRef
{
    internal StageRef(StageBuilder description) => Description = description;

    /// <summary>Name and pipeline of the stage.</summary>
    public StageInfo Info => Description.Info;

    internal StageBuilder Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Info.Name;
}
