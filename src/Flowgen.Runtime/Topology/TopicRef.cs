using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>A topic of an app that is being described.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TopicRef
{
    private protected TopicRef(TopicDeclaration declaration) => Declaration = declaration;

    /// <summary>The topic as its record type declares it.</summary>
    public TopicDeclaration Declaration { get; }

    /// <summary>Name of the topic.</summary>
    public string Name => Declaration.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A topic of an app that is being described.</summary>
/// <typeparam name="TRecord">The type of its records.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TopicRef<TRecord> : TopicRef
{
    internal TopicRef(TopicDeclaration declaration)
        : base(declaration)
    {
    }

}
