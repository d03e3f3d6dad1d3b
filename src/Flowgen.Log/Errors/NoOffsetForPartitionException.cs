namespace Flowgen.Log;

/// <summary>The group has committed no offset for the partition, and the consumer is told to start nowhere else.</summary>
public sealed class NoOffsetForPartitionException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public NoOffsetForPartitionException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public NoOffsetForPartitionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public NoOffsetForPartitionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
