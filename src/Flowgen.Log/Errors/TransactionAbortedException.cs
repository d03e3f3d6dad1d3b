namespace Flowgen.Log;

/// <summary>The transaction of a record was aborted: the record is not in the log and will not be.</summary>
public sealed class TransactionAbortedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public TransactionAbortedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public TransactionAbortedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TransactionAbortedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
