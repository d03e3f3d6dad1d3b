namespace Flowgen.Log;

/// <summary>The group has active members, or an app runs under its name.</summary>
public sealed class GroupNotEmptyException : FlowLogException
{
    /// <summary>Makes the exception.</summary>
    public GroupNotEmptyException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public GroupNotEmptyException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public GroupNotEmptyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
