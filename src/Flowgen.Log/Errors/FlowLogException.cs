namespace Flowgen.Log;

/// <summary>Base of what the log throws. The message says what is wrong, where, and what to do.</summary>
public class FlowLogException : Exception
{
    /// <summary>Makes the exception.</summary>
    public FlowLogException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public FlowLogException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public FlowLogException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
