namespace Flowgen.Log;

/// <summary>A record could not be committed within <see cref="ProducerOptions.DeliveryTimeout"/>. It is not in the log and will not be.</summary>
public sealed class DeliveryTimeoutException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public DeliveryTimeoutException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public DeliveryTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DeliveryTimeoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
