namespace Flowgen.Log;

/// <summary>Bytes of the log are not what was written. Nothing has been changed.</summary>
public sealed class LogCorruptionException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public LogCorruptionException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public LogCorruptionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LogCorruptionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
