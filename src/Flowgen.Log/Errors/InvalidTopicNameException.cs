namespace Flowgen.Log;

/// <summary>A name cannot be the name of a topic or of a group.</summary>
public sealed class InvalidTopicNameException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public InvalidTopicNameException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public InvalidTopicNameException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidTopicNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
