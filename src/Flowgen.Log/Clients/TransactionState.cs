namespace Flowgen.Log;

/// <summary>Where a producer is with its transactions.</summary>
internal enum TransactionState
{
    /// <summary>It has not taken its transactional id yet.</summary>
    Uninitialized,

    /// <summary>A transaction can begin.</summary>
    Ready,

    /// <summary>A transaction is open.</summary>
    Open,

    /// <summary>A transaction is being committed.</summary>
    Committing,

    /// <summary>The transaction can only be aborted.</summary>
    Failed,

    /// <summary>A newer producer has the transactional id, or the log takes nothing any more.</summary>
    Over,
}
