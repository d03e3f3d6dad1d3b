using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Topics;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow topic create|alter|delete NAME</c>.</summary>
internal static class TopicChanges
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var (name, partitions, config) = (Name(), Partitions("Number of partitions. Default: 1"), Config());
        var command = new Command("create", "Create a topic; the log, too, where there is none") { name, partitions, config };
        command.SetAction(parsed =>
        {
            TopicSettings settings = SettingsOf(parsed, new TopicSettings(), partitions, config); // before there is a log
            using FlowLog log = LogDirectory.OpenOrCreate(parsed, directory);
            Say(io, Checked(() => log.CreateTopic(parsed.GetRequiredValue(name), settings)), "created");
        });
        return command;
    }

    public static Command Alter(ToolIo io, Option<DirectoryInfo> directory)
    {
        var (name, partitions, config) = (Name(), Partitions("More partitions than it has; never fewer"), Config());
        var command = new Command("alter", "Change the settings of a topic") { name, partitions, config };
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.Open(parsed, directory);
            TopicDescription topic = log.DescribeTopic(parsed.GetRequiredValue(name));
            TopicSettings settings = SettingsOf(parsed, topic.Settings, partitions, config);
            if (settings.Partitions < topic.Partitions)
                throw new ToolException($"'{topic.Name}' has {topic.Partitions} partitions, and can only get more: records would be lost");
            Say(io, Checked(() => log.AlterTopic(topic.Name, settings)), "altered");
        });
        return command;
    }

    public static Command Delete(ToolIo io, Option<DirectoryInfo> directory)
    {
        var name = Name();
        var force = new Option<bool>("--force") { Description = "Delete a topic, too, that an app keeps for itself" };
        var command = new Command("delete", "Delete a topic with all of its records") { name, force };
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.Open(parsed, directory);
            TopicDescription topic = log.DescribeTopic(parsed.GetRequiredValue(name));
            if (topic.IsInternal && !parsed.GetValue(force))
                throw new ToolException($"an app keeps '{topic.Name}' for itself and may not start without it: --force deletes it nevertheless");
            log.DeleteTopic(topic.Name);
            using StreamWriter text = io.OpenText();
            text.WriteLine($"{topic.Name}: deleted");
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The topic" };

    private static Option<int?> Partitions(string description) => new("--partitions") { Description = description, HelpName = "number" };

    private static Option<string[]> Config() => new("--config")
    {
        Description = $"A setting by Kafka's name, such as retention.ms=7d or cleanup.policy=compact; may be given several times. The names: {string.Join(", ", TopicConfig.All.Select(c => c.Name))}",
        HelpName = "name=value",
    };

    private static TopicSettings SettingsOf(ParseResult parsed, TopicSettings settings, Option<int?> partitions, Option<string[]> config)
    {
        settings = settings with { Partitions = parsed.GetValue(partitions) ?? settings.Partitions };
        return (parsed.GetValue(config) ?? []).Aggregate(settings, TopicConfig.Apply);
    }

    private static TopicDescription Checked(Func<TopicDescription> change)
    {
        try
        {
            return change();
        }
        catch (ArgumentException e)
        {
            throw new ToolException(e.Message);
        }
    }

    private static void Say(ToolIo io, TopicDescription topic, string what)
    {
        using StreamWriter text = io.OpenText();
        text.WriteLine($"{topic.Name}: {what}; {topic.Partitions} {(topic.Partitions == 1 ? "partition" : "partitions")}, {string.Join(", ", TopicConfig.All.Select(c => $"{c.Name}={c.Show(topic.Settings)}"))}");
    }
}
