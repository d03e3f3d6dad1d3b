namespace Flowgen.Log;

/// <summary>Where a consumer goes on where there is no committed offset, or where the records it would go on with have been deleted (Kafka's <c>auto.offset.reset</c>).</summary>
public enum AutoOffsetReset
{
    /// <summary>Behind the last record.</summary>
    Latest,

    /// <summary>At the first record that is there.</summary>
    Earliest,

    /// <summary>Nowhere: a <see cref="NoOffsetForPartitionException"/> or <see cref="OffsetOutOfRangeException"/> tells the program, which can seek.</summary>
    None,
}
