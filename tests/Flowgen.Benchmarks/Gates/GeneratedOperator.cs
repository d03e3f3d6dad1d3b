using Flowgen.Benchmarks.Loops;
using Flowgen.Benchmarks.Nexmark;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Benchmarks.Gates;

/// <summary>The generated operator of a stage, fed and emptied as the engine does it: view of the stored bytes, operator, encoder into the batch that is stored.</summary>
/// <typeparam name="TStage">The stage.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
/// <typeparam name="TCodec">How results are stored.</typeparam>
internal sealed class GeneratedOperator<TStage, TResult, TCodec> : Contender
    where TStage : IStage<TStage>
    where TCodec : struct, IRecordCodec<TResult>
{
    private const int SchemaId = 1;

    private readonly BatchDecoder<Bid, BidCodec> _decoder = new(new SchemaMaps(new MemoryLog(), "bids", BidLog.SchemaId, BidCodec.Schema));
    private readonly SourceOrigin _origin = new();
    private readonly BatchBuilder _batch = new();
    private readonly Operator _operator;
    private readonly IInput<Bid> _input;
    private readonly OutBuffer<TResult> _output;

    public GeneratedOperator()
    {
        StageBuilder stage = new(TStage.Info);
        TStage.Describe(stage);
        _operator = stage.Operators.Single().Create(NoServices.Instance);
        _input = (IInput<Bid>)_operator;
        _output = (OutBuffer<TResult>)_operator.Output(0);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Written => _batch.Data.Written;

    /// <inheritdoc/>
    public override void Clear() => RecordEncoder<TResult, TCodec>.Start(_batch, SchemaId);

    /// <inheritdoc/>
    public override void Process(in RecordBatch bids, long watermark)
    {
        for (int from = 0; from < bids.Count;)
        {
            Batch<Bid> slice = _decoder.Next(in bids, ref from, bids.Count, _origin);
            _input.Process(in slice);
            _operator.EndBatch();
            Encode();
        }

        _operator.Advance(watermark);
        Encode();
    }

    private void Encode()
    {
        if (_output.Count == 0) return;
        RecordEncoder<TResult, TCodec>.AddFixed(_batch, TCodec.Layout!, _output.Records, _output.Times);
        _output.Clear();
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
