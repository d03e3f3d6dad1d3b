namespace Flowgen.Log;

/// <summary>Another process, or another part of this one, has the directory open.</summary>
public sealed class LogLockedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public LogLockedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public LogLockedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LogLockedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
