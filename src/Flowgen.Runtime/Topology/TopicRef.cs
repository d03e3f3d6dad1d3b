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

    internal abstract Source CreateSource(SourceVertex vertex, FlowTask task, TopicSchemas schemas);

    /// <summary>Makes something that needs the record type and its codec.</summary>
    internal abstract object Create(ITopicFactory factory);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A topic of an app that is being described.</summary>
/// <typeparam name="TRecord">The type of its records.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TopicRef<TRecord> : TopicRef
{
    private protected TopicRef(TopicDeclaration declaration)
        : base(declaration)
    {
    }
}

/// <summary>A topic with the codec of its records.</summary>
internal sealed class TopicRef<TRecord, TCodec>(TopicDeclaration declaration) : TopicRef<TRecord>(declaration)
    where TCodec : struct, IRecordCodec<TRecord>
{
    internal override Source CreateSource(SourceVertex vertex, FlowTask task, TopicSchemas schemas) =>
        new TypedSource<TRecord, TCodec>(vertex, task, schemas.MapsFor(Name, TCodec.Schema));

    internal override object Create(ITopicFactory factory) => factory.Create<TRecord, TCodec>(Declaration);
}
