namespace Flowgen.Log;

/// <summary>A consumer cannot commit for partitions that it does not own: the group has given them to another one.</summary>
public sealed class CommitFailedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public CommitFailedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public CommitFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CommitFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
