namespace Flowgen.Log;

/// <summary>The topic was deleted while it was in use. A topic of the same name that was created afterwards is another one.</summary>
public sealed class TopicDeletedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public TopicDeletedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public TopicDeletedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TopicDeletedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
