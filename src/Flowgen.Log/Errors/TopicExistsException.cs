namespace Flowgen.Log;

/// <summary>There is a topic of that name already.</summary>
public sealed class TopicExistsException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public TopicExistsException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public TopicExistsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TopicExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
