using System.ComponentModel.DataAnnotations;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Hosting;

/// <summary>How a host runs its apps: section <c>Flowgen</c> of its configuration.</summary>
public sealed class FlowgenOptions
{
    /// <summary>Name of the section of the configuration.</summary>
    public const string Section = "Flowgen";

    /// <summary>The directory of the embedded log.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; set; } = ".flowgen";

    /// <summary>When a commit is acknowledged.</summary>
    [EnumDataType(typeof(Durability))]
    public Durability Durability { get; set; } = Durability.Durable;

    /// <summary>Number of worker threads; 0 takes one for each core.</summary>
    [Range(0, 1024)]
    public int Workers { get; set; }

    /// <summary>Number of partitions of topics that are created; null takes what each topic declares.</summary>
    [Range(1, 4096)]
    public int? Partitions { get; set; }

    /// <summary>Milliseconds between two commits; null takes what the app declares.</summary>
    [Range(1, 3_600_000)]
    public int? CommitEveryMs { get; set; }

    /// <summary>Bytes of output and state after which an epoch closes before its time, and inputs wait.</summary>
    [Range(64 * 1024L, 1L << 40)]
    public long MaxEpochBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Bytes on their way between tasks above which inputs wait.</summary>
    [Range(64 * 1024L, 1L << 40)]
    public long MaxInFlightBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>What happens with a record that cannot be processed; see <see cref="FlowEngineOptions.OnError"/>.</summary>
    [EnumDataType(typeof(ErrorAction))]
    public ErrorAction OnError { get; set; } = ErrorAction.Stop;

    /// <summary>Milliseconds between two tries to commit while the disk is full.</summary>
    [Range(1, 3_600_000)]
    public int RetryEveryMs { get; set; } = 1_000;
}
