namespace Flowgen;

/// <summary>What happens with a record that cannot be decoded, or on which a step throws.</summary>
public enum ErrorAction
{
    /// <summary>The app stops, and nothing of the open epoch is committed.</summary>
    Stop,

    /// <summary>The record is left out and counted.</summary>
    Skip,

    /// <summary>The record is left out, counted, and written as it is, with headers that say why, to a dead-letter topic.</summary>
    DeadLetter,
}
