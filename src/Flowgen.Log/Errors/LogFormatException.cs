namespace Flowgen.Log;

/// <summary>The directory is not a log, or one of a newer format. Nothing has been changed.</summary>
public sealed class LogFormatException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public LogFormatException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public LogFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LogFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
