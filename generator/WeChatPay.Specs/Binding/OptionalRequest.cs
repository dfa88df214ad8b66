using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>
/// Decides whether a call may leave the request out. Only marks that somebody wrote count: <c>?</c> on the
/// arguments of the documented call, or, where no call is shown, on every member. That a file's marks are not
/// trusted makes its members optional, but never the request.
/// </summary>
internal sealed class OptionalRequest(BindingContext context)
{
    public bool Decide(List<BoundMember> inputs, CallChain chain, RequestConfig config, RequestBodyKind body)
    {
        if (inputs.Count == 0) return true;
        var hasConfig = inputs.Exists(i => i.View.Place != MemberPlace.Body);
        if (!chain.IsDeclared) return AllMarked(inputs, null);

        var configOptional = !hasConfig
            || chain.IsOptional("config") == true
            // The argument had to be required for its path parameter, so the members' own marks decide.
            || (config.PathParameters.Count > 0 && AllMarked(inputs, MemberPlace.Body));
        var bodyOptional = body == RequestBodyKind.None || (chain.IsOptional("data") ?? chain.IsOptional("config") ?? false);
        if (!configOptional || !bodyOptional) return false;

        foreach (var (member, view) in inputs)
        {
            if (!member.IsRequired) continue;
            var name = view.Syntax.Name;
            context.Sink.Report(SpecDiagnostics.OptionalWithRequired, name.Start, name.Length, view.Place == MemberPlace.Body ? "data" : "config", name.Text);
            return false;
        }

        return true;
    }

    private static bool AllMarked(List<BoundMember> inputs, MemberPlace? except)
        => inputs.TrueForAll(i => i.View.Place == except || i.View.IsOptional);
}
