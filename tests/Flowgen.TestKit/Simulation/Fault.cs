namespace Flowgen.TestKit.Simulation;

/// <summary>An operation that fails, alone or with all that follow.</summary>
public sealed record Fault(int At, FaultKind Kind, bool ForEver = false)
{
    private const int IoErrorNumber = 5;
    private const int NoSpaceNumber = 28;
    private const int TooManyFilesNumber = 24;

    public static Fault None { get; } = new(int.MaxValue, FaultKind.IoError);

    public bool Hits(int operation) => operation == At || (ForEver && operation > At);

    public static IOException Error(FaultKind kind) => kind is FaultKind.IoError or FaultKind.IoErrorThatForgets
        ? new IOException("The simulated disk has failed.", IoErrorNumber)
        : new IOException("The simulated disk is full.", NoSpaceNumber);

    public static IOException TooManyFiles(string path) => new($"The simulated process has too many files open to open '{path}'.", TooManyFilesNumber);

    public override string ToString() => $"{Kind} {(ForEver ? "for ever from" : "at")} operation {At}";
}
