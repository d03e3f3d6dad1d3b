namespace Flowgen.Runtime;

/// <summary>The stages of an app do not fit together, or do not fit the topics of the log. Found at start-up, before anything is read.</summary>
public sealed class FlowTopologyException : InvalidOperationException
{
    /// <summary>An error without details.</summary>
    public FlowTopologyException()
        : this("The stages of the app do not fit together.")
    {
    }

    /// <summary>An error with what is wrong, where, and what to do.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public FlowTopologyException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public FlowTopologyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
