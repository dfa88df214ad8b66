using WeChatPay;

// dotnet run -- <address of the gateway> <folder with the keys>
var keys = args[1];
using var pay = new WeChatPayClient(new WeChatPayOptions
{
    MerchantId = "1900000001",
    MerchantCertificateSerialNumber = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
    MerchantPrivateKey = File.ReadAllText(Path.Combine(keys, "merchant.pem")),
    ApiV3Key = "TESTONLYapiv3key0123456789abcdef",
    PublicKeyId = "PUB_KEY_ID_0119000000012024101500192200000001",
    PublicKey = File.ReadAllText(Path.Combine(keys, "platform.pub.pem")),
    BaseAddress = new Uri(args[0]),
});

var set = await pay.V3.Payscore.SignPlan.ReminderSettings.PostAsync(new()
{
    ServiceId = "500001",
    SignPlanId = "计划-1",
    RemindBeforeDays = 3,
    Silent = false,
    Window = new() { StartTime = "20260101090000", EndTime = "20260131180000" },
    Channels = [new() { Name = "MESSAGE", Texts = ["一", "\"two\""] }, new() { Name = "PIGEON" }],
});
Console.WriteLine($"set: {set.SettingNo} {set.State} {set.Revision} {set.Window?.EndTime} {set.Channels?[1].Name} {set.Channels?[1].Accepted} {set.Http.Status}");

var read = await pay.V3.Payscore.SignPlan.ReminderSettings.BySettingNo("a/b 设").GetAsync(new() { ServiceId = "500001" });
Console.WriteLine($"read: {read.SettingNo} {read.State}");
