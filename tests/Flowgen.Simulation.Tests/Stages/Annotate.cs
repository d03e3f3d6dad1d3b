namespace Flowgen.Simulation.Tests.Stages;

[Stage]
[From<Event>, To<Note>]
public sealed partial class Annotate
{
    [Map]
    static Note Write(in Event e) => new(NameOf(e.Key), e.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), e.Lane, e.Step, e.At);

    private static string NameOf(int key) => new((char)('a' + (key % 26)), 1 + (key % 4));
}
