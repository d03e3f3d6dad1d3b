namespace Flowgen.Log;

/// <summary>The log was opened with <see cref="FlowLog.OpenReadOnly(string, FlowLogOptions?)"/>, and something was to be changed.</summary>
public sealed class LogReadOnlyException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public LogReadOnlyException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public LogReadOnlyException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LogReadOnlyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
