namespace Flowgen.Runtime;

/// <summary>Makes a sink for the record type that an output knows.</summary>
internal interface ISinkFactory
{
    Sink Create<TRecord>(OutputPort port);
}
