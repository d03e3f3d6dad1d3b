using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>Connects the stages of an app. Works on models only, so that it can run in the pipeline of the generator.</summary>
public static class AppWiring
{
    /// <summary>Decides how the stages of an app are connected.</summary>
    /// <param name="app">The app.</param>
    /// <param name="stages">All stages of the compilation, in any order.</param>
    /// <returns>The wiring.</returns>
    public static AppModel Connect(AppDeclarationModel app, EquatableArray<StageSummary> stages)
    {
        StageSummary[] members = [.. stages
            .Where(s => app.Includes.IsEmpty || app.Includes.Contains(s.Type.FullName))
            .Concat(app.Referenced)
            .OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Type.FullName, StringComparer.Ordinal)];
        return new AppModel(app.Declaration, app.Name, app.CommitEveryMs, app.CommitEveryText, app.HasErrors, [], members.ToEquatable(), [], "");
    }
}
