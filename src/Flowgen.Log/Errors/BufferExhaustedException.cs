namespace Flowgen.Log;

/// <summary>The buffer of a producer stayed full for longer than <see cref="ProducerOptions.MaxBlock"/>. The record was not sent.</summary>
public sealed class BufferExhaustedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public BufferExhaustedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public BufferExhaustedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public BufferExhaustedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
