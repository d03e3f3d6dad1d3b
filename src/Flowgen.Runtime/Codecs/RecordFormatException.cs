namespace Flowgen.Runtime;

/// <summary>Bytes or JSON are not a record of the expected shape. The message names the record and the member.</summary>
public sealed class RecordFormatException : FormatException
{
    /// <summary>An error without details.</summary>
    public RecordFormatException()
        : this("The bytes are not a record of the expected shape.")
    {
    }

    /// <summary>An error with what is wrong, where, and what was expected.</summary>
    /// <param name="message">What is wrong, where, and what was expected.</param>
    public RecordFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What is wrong, where, and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public RecordFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
