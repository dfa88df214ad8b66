using System.Net.Http;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>
/// A user's program over generated code: compiled together with it, loaded, and run. It is written as users write,
/// so that it also proves that this compiles.
/// </summary>
internal static class UserProgram
{
    private const string Code = """
        using System;
        using System.IO;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.V3.Library;
        using WeChatPay.V3.Library.Loans;
        using WeChatPay.Webhook.V3;

        public static class Program
        {
            public static WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler) => new WeChatPayClient(options, handler);

            public static async Task<string> Lend(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new LoansPostRequest
                {
                    LibraryId = "LIB-1",
                    LoanNo = "L-1",
                    Volumes = 2,
                    Deposit = 3_000_000_000,
                    Renewable = false,
                    DueTime = new DateTimeOffset(2024, 10, 15, 10, 0, 0, TimeSpan.FromHours(8)),
                    LentOn = new DateOnly(2024, 10, 14),
                    Channels = ["COUNTER", LoansPostRequestChannels.PostBox, "something new"],
                    Reader = new() { Name = "张三", Kind = LoansPostRequestReaderKind.Card },
                    Books = [new() { Isbn = "978-7", Tags = ["a", "\"b\""], Rating = 4.5m }, new() { Isbn = "978-8" }],
                    ExtraProperties = new() { ["shelf"] = "S-1" },
                };
                var answer = await ((WeChatPayClient)client).V3.Library.Loans.PostAsync(request, cancellationToken: cancellationToken);
                return $"{answer.LibraryId}|{answer.LoanNo}|{answer.State}|{answer.State == LoansPostResponseState.Closed}|{answer.Deposit}|{answer.LentTime?.Time:u}|{answer.ReaderName}|{answer.Books?.Count}|{answer.Books?[0].Isbn}|{answer.Books?[0].Price}|{answer.Books?[1].Price is null}|{answer.Http.Status}|{answer.Http.RequestId}";
            }

            public static async Task<string> Incomplete(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new LoansPostRequest { LibraryId = null!, LoanNo = "L-1", Deposit = 1, Reader = new() { Name = "n", Kind = "CARD" } };
                await ((WeChatPayClient)client).V3.Library.Loans.PostAsync(request, cancellationToken: cancellationToken);
                return "";
            }

            public static async Task<string> Find(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new LoanNoByLoanNoGetRequest { LibraryId = "LIB 1&2=中", Page = 7, State = LoanNoByLoanNoGetRequestState.Open, WechatpayNegativeTest = "ON" };
                var answer = await ((WeChatPayClient)client).V3.Library.Loans.LoanNo.ByLoanNo("L-1/中").GetAsync(request, cancellationToken: cancellationToken);
                return $"{answer.LibraryId}|{answer.LoanNo}|{answer.Deposit}";
            }

            public static async Task<string> Drop(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                WeChatPayResponse answer = await ((WeChatPayClient)client).V3.Library.Loans.LoanNo.ByLoanNo("L-1").DeleteAsync(cancellationToken: cancellationToken);
                return $"{answer.Http.Status}";
            }

            public static async Task<string> Register(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var answer = await ((WeChatPayClient)client).V3.Library.Readers.PostAsync(new() { LibraryId = "LIB-1", Address = new() { Lines = [] } }, cancellationToken: cancellationToken);
                return $"{answer.ReaderId}|{answer.Level}|{answer.Cards?.Count}|{answer.Cards?[0].Points}";
            }

            public static async Task<string> Count(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var answer = await ((WeChatPayClient)client).V3.Library.Inventory.PostAsync(cancellationToken: cancellationToken);
                return $"{answer.Http.Status}";
            }

            public static async Task<string> CountWithExtra(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                await ((WeChatPayClient)client).V3.Library.Inventory.PostAsync(new() { ExtraProperties = new() { ["a"] = 1 } }, cancellationToken: cancellationToken);
                return "";
            }

            public static async Task<string> Counted(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var answer = await ((WeChatPayClient)client).V3.Library.Inventory.GetAsync(cancellationToken: cancellationToken);
                return $"{answer.Code}|{answer.Count}|{string.Join(",", answer.Shelves ?? [])}|{answer.Levels?[1]}";
            }

            public static async Task<string> CountedOfPage(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new InventoryGetRequest { Page = 2, Tags = ["a", "b&c"], Until = new DateOnly(2024, 1, 31) };
                var answer = await ((WeChatPayClient)client).V3.Library.Inventory.GetAsync(request, cancellationToken: cancellationToken);
                return $"{answer.Count is null}";
            }

            public static async Task<string> Report(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                await using WeChatPayDownload file = await ((WeChatPayClient)client).V3.Library.Reports.GetAsync(new() { Token = "t" }, cancellationToken: cancellationToken);
                return await new StreamReader(file.UnverifiedStream).ReadToEndAsync(cancellationToken);
            }

            public static string Closed(WeChatPayNotification notification)
            {
                WeChatPayNotification<LoanClosed> typed = notification.As<LoanClosed>();
                var loan = typed.Resource;
                return $"{typed.Id}|{typed.EventType}|{typed.OriginalType}|{loan.LoanNo}|{loan.State}|{loan.State == "RETURNED"}|{loan.Deposit?.Total}|{loan.Deposit?.Currency}|{loan.ClosedTime?.Time:u}";
            }

            public static string Combined(WeChatPayNotification notification)
            {
                var loans = notification.As<LoanClosedCombine>().Resource;
                return $"{loans.CombineMchid}|{loans.Loans?.Count}|{loans.Loans?[1].LoanNo}";
            }
        }
        """;

    private static readonly Lazy<Type> Program = new(Load);

    public static WeChatPayClientBase Create(HttpMessageHandler handler)
        => Method("Create").CreateDelegate<Func<WeChatPayOptions, HttpMessageHandler, WeChatPayClientBase>>()(Gateway.Options, handler);

    /// <summary>Runs one of the program's calls.</summary>
    public static Task<string> CallAsync(string name, WeChatPayClientBase client)
        => Method(name).CreateDelegate<Func<WeChatPayClientBase, CancellationToken, Task<string>>>()(client, TestContext.Current.CancellationToken);

    public static string Read(string name, WeChatPayNotification notification)
        => Method(name).CreateDelegate<Func<WeChatPayNotification, string>>()(notification);

    private static MethodInfo Method(string name) => Program.Value.GetMethod(name) ?? throw new InvalidOperationException(name);

    private static Type Load()
    {
        var harness = GeneratorHarness.Run(Samples.All, version: LanguageVersion.CSharp12, code: Code);
        Assert.Empty(harness.Diagnostics);
        return Assembly.Load(harness.Compiled.EmitsClean()).GetType("Program", throwOnError: true)!;
    }
}
