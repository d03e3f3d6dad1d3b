namespace Flowgen.Log;

/// <summary>Somebody newer has taken over the id of this producer. Nothing was appended; close the producer.</summary>
public sealed class ProducerFencedException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public ProducerFencedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public ProducerFencedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProducerFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
