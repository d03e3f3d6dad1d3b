using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>An operator of a stage as it is described, before any instance exists.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OperatorNode
{
    internal OperatorNode(StageInfo stage, string name, Func<IServiceProvider, Operator> create)
    {
        Stage = stage;
        Name = name;
        Create = create;
    }

    /// <summary>The stage to which the operator belongs.</summary>
    public StageInfo Stage { get; }

    /// <summary>Name of the operator, unique in its app: the name of its changelog.</summary>
    public string Name { get; }

    /// <summary>Makes the instance of one task.</summary>
    public Func<IServiceProvider, Operator> Create { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
