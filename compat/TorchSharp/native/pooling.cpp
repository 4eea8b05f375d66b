#include "abi.h"

using namespace maml;

// Each of these arrays holds two numbers: height, then width.

MAML_API Handle maml_max_pool2d(Handle input, const std::int64_t* kernel, const std::int64_t* stride,
    const std::int64_t* padding, const std::int64_t* dilation, std::int32_t ceil_mode)
{
    return guarded([&] {
        return at::max_pool2d(
            *input, dims(kernel, 2), dims(stride, 2), dims(padding, 2), dims(dilation, 2), ceil_mode != 0);
    });
}

MAML_API Status maml_max_pool2d_with_indices(Handle input, const std::int64_t* kernel, const std::int64_t* stride,
    const std::int64_t* padding, const std::int64_t* dilation, std::int32_t ceil_mode, Handle* output, Handle* indices)
{
    return guarded_status([&] {
        auto result = at::max_pool2d_with_indices(
            *input, dims(kernel, 2), dims(stride, 2), dims(padding, 2), dims(dilation, 2), ceil_mode != 0);
        *output = new at::Tensor(std::get<0>(result));
        *indices = new at::Tensor(std::get<1>(result));
    });
}

MAML_API Handle maml_avg_pool2d(Handle input, const std::int64_t* kernel, const std::int64_t* stride,
    const std::int64_t* padding, std::int32_t ceil_mode, std::int32_t count_include_pad, std::int64_t divisor)
{
    return guarded([&] {
        Maybe<std::int64_t> divisor_override;
        if (divisor != 0) divisor_override = divisor;
        return at::avg_pool2d(*input, dims(kernel, 2), dims(stride, 2), dims(padding, 2), ceil_mode != 0,
            count_include_pad != 0, divisor_override);
    });
}

MAML_API Handle maml_adaptive_avg_pool2d(Handle input, const std::int64_t* size)
{
    return guarded([&] { return at::adaptive_avg_pool2d(*input, dims(size, 2)); });
}
