using Flowgen.Testing;
using Samples.Flights;
using static Flights.Tests.Stages.Sample;

namespace Flights.Tests.Stages;

public class StateDaysTests
{
    [Fact]
    public void The_airports_of_a_state_are_summed_up_together()
    {
        using var stage = StageTest.For<StateDays>();

        stage.Send(Located(At(0), 10), Located(At(23, 59), 30, origin: "GRR"), Located(At(12), 1, origin: "LAX", state: "CA")).EndInput();

        Assert.Equal(
            [new StateDay("CA", At(0), 1, 1, 1750), new StateDay("MI", At(0), 2, 20, 3500)],
            stage.Received<StateDay>().OrderBy(day => day.State));
    }

    [Fact]
    public void Midnight_belongs_to_the_new_day()
    {
        using var stage = StageTest.For<StateDays>();

        stage.Send(Located(At(23, 59), 1), Located(At(0).AddDays(1), 2)).EndInput();

        Assert.Equal([At(0), At(0).AddDays(1)], stage.Received<StateDay>().Select(day => day.Day));
    }
}
