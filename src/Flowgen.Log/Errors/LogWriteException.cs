namespace Flowgen.Log;

/// <summary>The bytes of a commit could not be written (a full disk, for instance). The commit has left no trace and can be tried again.</summary>
public class LogWriteException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public LogWriteException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public LogWriteException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LogWriteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
