namespace Flowgen.Runtime;

/// <summary>The state of a stage was written in another shape than the stage has now, so it cannot be restored.</summary>
public sealed class StateLayoutException : Exception
{
    /// <summary>An error without details.</summary>
    public StateLayoutException()
        : this("The state of a stage was written in another shape.")
    {
    }

    /// <summary>An error with what is wrong, where, and what to do.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public StateLayoutException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public StateLayoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
