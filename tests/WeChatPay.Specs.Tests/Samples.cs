namespace WeChatPay.Specs.Tests;

/// <summary>Spec files written for these tests, in the forms that the dialect knows.</summary>
internal static class Samples
{
    /// <summary>The full form: markers, imports, chain interfaces and an example. It declares no optionality.</summary>
    public const string FullForm = """
        ---
        title: 创建优惠批次
        description: 商户创建一个优惠批次，返回批次号。
        ---

        # {{ $frontmatter.title }} {#post}

        {{ $frontmatter.description }} [官方文档](https://pay.example.com/docs/batches.html?a=1&b=2)

        ```js twoslash
        // @filename: virtual.ts
        /// <reference types="node" />
        import { AxiosRequestConfig, AxiosPromise } from 'axios'
        namespace WeChatPay.OpenAPI.V3.Sample.CouponBatches.PostHttpMethod {
          export interface JsonDataRequest {
            batch_name: string
            amount_limit: number
            rules: {
              begin_time: string | Date
              goods: {
                goods_id: string
                price: number
              }[]
              scopes: string[]
            }
            kind: 'CASH' | 'GOODS'
          }
          export interface RequestConfig extends AxiosRequestConfig {
            data?: JsonDataRequest
          }
          export interface WellformedResponse {
            batch_id: string
            created_at: string | Date
            switch: boolean
          }
        }
        namespace WeChatPay.OpenAPI.V3.Sample {
          export interface CouponBatches {
            /**
             * shortland
             * @link https://pay.example.com/docs/batches.html?a=1&b=2
             */
            (data: CouponBatches.PostHttpMethod.JsonDataRequest, config?: CouponBatches.PostHttpMethod.RequestConfig): AxiosPromise<CouponBatches.PostHttpMethod.WellformedResponse>
            /**
             * 创建优惠批次
             * @link https://pay.example.com/docs/batches.html?a=1&b=2
             * @link https://pay.example.com/docs/other.html
             */
            post(data: CouponBatches.PostHttpMethod.JsonDataRequest, config?: CouponBatches.PostHttpMethod.RequestConfig): AxiosPromise<CouponBatches.PostHttpMethod.WellformedResponse>
          }
        }
        namespace WeChatPay.OpenAPI.V3 {
          export interface Sample {
            couponBatches: Sample.CouponBatches
          }
        }
        namespace WeChatPay.OpenAPI {
          export interface V3 {
            sample: V3.Sample
          }
        }
        export interface Wechatpay {
          /**
           * APIv3 endpoint
           */
          v3: WeChatPay.OpenAPI.V3
        }
        export var wxpay: Wechatpay
        // @filename: business.js
        import { wxpay } from './virtual'
        // ---cut---
        wxpay.v3.sample.couponBatches.post({
        //                            ^^^^
          batch_name,
          rules,
        })
        .then(({ // [!code hl:35]
          data: { batch_id },
        }) => ({ batch_id }))
        ```

        """;

    /// <summary>The lean form of files of our own: trusted marks, tags, two operations on one path.</summary>
    public const string LeanForm = """
        ---
        title: 优惠批次
        optionality: declared
        ---

        # 查询优惠批次 {#get}

        按批次号查询。

        ```ts
        /** @idempotentBy batch_id */
        namespace WeChatPay.OpenAPI.V3.Sample.CouponBatches._batch_id_.GetHttpMethod {
          interface RequestConfig {
            /** 批次号 */
            batch_id: string
            params: {
              /** 商户号 */
              mchid: string
              /** 页码 */
              page?: number
            }
          }
          interface WellformedResponse {
            /** 批次号 @echo */
            batch_id: string
            /** 商户号 @echo */
            mchid: string
            amount: { total: number }
          }
        }
        ```

        # 修改优惠批次 {#patch}

        ```ts
        namespace WeChatPay.OpenAPI.V3.Sample.CouponBatches._batch_id_.PatchHttpMethod {
          interface JsonDataRequest {
            /** 持卡人姓名 @encrypted */
            owner_name: string
            remark?: string
          }
          interface RequestConfig {
            headers: { 'Wechatpay-Serial': string, 'Idempotency-Key'?: string }
          }
        }
        ```
        """;
}
