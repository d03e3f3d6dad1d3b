namespace Flowgen.Log;

/// <summary>Where a consumer starts in a partition for which its group has committed no offset.</summary>
public enum StartAt
{
    /// <summary>At the first record that is there.</summary>
    Beginning,

    /// <summary>Behind the last record.</summary>
    End,
}
