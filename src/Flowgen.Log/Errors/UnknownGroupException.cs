namespace Flowgen.Log;

/// <summary>There is no such group: nobody has committed under the name, and nobody reads under it.</summary>
public sealed class UnknownGroupException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public UnknownGroupException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public UnknownGroupException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public UnknownGroupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
