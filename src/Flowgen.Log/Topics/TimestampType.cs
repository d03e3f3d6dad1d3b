namespace Flowgen.Log;

/// <summary>Who says what time a record has. The numbers are stored, and are Kafka's.</summary>
public enum TimestampType : byte
{
    /// <summary>Who sends the record.</summary>
    CreateTime = 0,

    /// <summary>The log, when it appends the record.</summary>
    LogAppendTime = 1,
}
