using Flowgen.Parsing;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class NameTextTests
{
    [Theory]
    [InlineData("AverageTemperature", "average-temperature")]
    [InlineData("URLFilter", "url-filter")]
    [InlineData("CountBy2Keys", "count-by2-keys")]
    [InlineData("My Topic/Name", "my-topic-name")]
    [InlineData("../etc", "etc")]
    public void Kebab_case_has_small_letters_and_hyphens(string name, string kebab) => Assert.Equal(kebab, NameText.Kebab(name));

    [Theory]
    [InlineData("SensorId", "sensorId")]
    [InlineData("URL", "url")]
    [InlineData("URLFilter", "urlFilter")]
    [InlineData("x", "x")]
    public void Camel_case_starts_small(string name, string camel) => Assert.Equal(camel, NameText.Camel(name));

    [Theory]
    [InlineData("flight", "flights")]
    [InlineData("activity", "activities")]
    [InlineData("day", "days")]
    [InlineData("address", "addresses")]
    [InlineData("batch", "batches")]
    public void Fields_are_named_in_the_plural(string noun, string plural) => Assert.Equal(plural, NameText.Plural(noun));

    [Theory]
    [InlineData("orders", true)]
    [InlineData("orders.eu_1-x", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("../a", false)]
    [InlineData("größe", false)]
    public void Topic_names_are_those_of_Kafka(string name, bool isValid) => Assert.Equal(isValid, NameText.IsTopicName(name));

    [Fact]
    public void A_topic_name_has_at_most_249_characters()
    {
        Assert.True(NameText.IsTopicName(new string('a', 249)));
        Assert.False(NameText.IsTopicName(new string('a', 250)));
    }
}
