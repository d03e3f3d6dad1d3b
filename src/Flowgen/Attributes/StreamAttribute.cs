namespace Flowgen;

/// <summary>A record type that flows between the stages of one app and has no public name: handed over in batches
/// where the key stays the same, through an exchange where it changes.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class StreamAttribute : Attribute
{
    /// <summary>Partitions behind an exchange, 1 to 4096. 0 takes the number of the input.</summary>
    public int Partitions { get; set; }
}
