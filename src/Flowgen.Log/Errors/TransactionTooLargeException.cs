namespace Flowgen.Log;

/// <summary>The records of a transaction need more memory than <see cref="ProducerOptions.MaxTransactionBytes"/>. The transaction has to be aborted.</summary>
public sealed class TransactionTooLargeException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public TransactionTooLargeException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public TransactionTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TransactionTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
