using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Log.Tests.Groups;

public class RebalanceProperties
{
    [Fact]
    public void Members_that_commit_what_they_give_back_read_every_record_once_and_in_order() => Check(mayFallSilent: false);

    [Fact]
    public void What_a_silent_member_has_not_committed_comes_again_and_nothing_else() => Check(mayFallSilent: true);

    private static void Check(bool mayFallSilent) => Prop.ForAll<byte[]>(steps =>
    {
        using var world = new GroupWorld { MayFallSilent = mayFallSilent };
        foreach (byte step in steps)
            world.Step(step);
        world.Settle();
        world.ReadToEnd();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300 * Scale.Factor).WithEndSize(120));
}
