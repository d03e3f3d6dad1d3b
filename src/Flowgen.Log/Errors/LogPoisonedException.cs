namespace Flowgen.Log;

/// <summary>A write that had to be durable failed, so that nothing more is acknowledged until the log has been opened again.</summary>
public sealed class LogPoisonedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public LogPoisonedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public LogPoisonedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LogPoisonedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static LogPoisonedException Because(Exception cause) =>
        new($"The log acknowledges nothing any more, because something that had to be durable may not be: {cause.Message} Check the disk, close the log and open it again; what was acknowledged is there.", cause);
}
