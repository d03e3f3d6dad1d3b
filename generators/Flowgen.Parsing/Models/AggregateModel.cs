namespace Flowgen.Parsing.Models;

/// <summary>The aggregate at the core of a stage. Its [Add] steps are on the wires.</summary>
/// <param name="Accumulator">The accumulator.</param>
/// <param name="Window">The window; null: over all time.</param>
/// <param name="Init">Makes the accumulator of a new key; null: <c>default</c>.</param>
/// <param name="Merge">Combines two accumulators; null: there is no such step.</param>
/// <param name="Emits">The steps that make results, in order.</param>
public sealed record AggregateModel(StateModel Accumulator, WindowModel? Window, StepModel? Init, StepModel? Merge, EquatableArray<StepModel> Emits);

/// <summary>The window of a stage.</summary>
/// <param name="SizeMs">How long it is, in milliseconds.</param>
/// <param name="SizeText">As it was written.</param>
/// <param name="OffsetMs">By how much it starts after multiples of its size, in milliseconds.</param>
/// <param name="OffsetText">As it was written.</param>
/// <param name="LatenessMs">How long a late record still corrects the result, in milliseconds.</param>
/// <param name="LatenessText">As it was written.</param>
public sealed record WindowModel(long SizeMs, string SizeText, long OffsetMs, string OffsetText, long LatenessMs, string LatenessText);

/// <summary>A value that is kept for each key.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Fingerprint">Its layout as text, such as <c>Mean{Sum:f64,Count:i64}</c>: bytes are only read with the one they were written with.</param>
/// <param name="Encoding">How it is written member by member; null: it holds no references, and its memory is written as it is.</param>
public sealed record StateModel(TypeRef Type, string Fingerprint, WireType? Encoding)
{
    /// <summary>Whether it holds no references, so that its memory is written as it is.</summary>
    public bool IsUnmanaged => Encoding is null;
}
