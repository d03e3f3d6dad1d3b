namespace Flowgen.Runtime;

/// <summary>Takes runs of records: an operator in the same task, or the sending end of an exchange.</summary>
internal abstract class Receiver<TRecord>
{
    public abstract void Receive(scoped in Batch<TRecord> batch);
}

/// <summary>Hands batches to an operator, without a copy, and takes what it emits.</summary>
/// <param name="target">The operator.</param>
/// <param name="isInner">Whether they come from another operator of its stage.</param>
internal sealed class OperatorReceiver<TRecord>(IOperatorHost target, bool isInner = false) : Receiver<TRecord>
{
    private readonly IInput<TRecord> _input = (IInput<TRecord>)target.Operator;

    public override void Receive(scoped in Batch<TRecord> batch)
    {
        target.BeginBatch(isInner ? 0 : batch.Records.Length);
        _input.Process(in batch);
        target.EndBatch();
    }
}
