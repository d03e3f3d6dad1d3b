namespace Flowgen.Runtime;

/// <summary>Makes something for the record type and codec that a topic of an app knows.</summary>
internal interface ITopicFactory
{
    object Create<TRecord, TCodec>(TopicDeclaration topic)
        where TCodec : struct, IRecordCodec<TRecord>;
}
