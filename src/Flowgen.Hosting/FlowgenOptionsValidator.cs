using Microsoft.Extensions.Options;

namespace Flowgen.Hosting;

/// <summary>Checks the options by their attributes; the source generator writes how.</summary>
[OptionsValidator]
internal sealed partial class FlowgenOptionsValidator : IValidateOptions<FlowgenOptions>;
