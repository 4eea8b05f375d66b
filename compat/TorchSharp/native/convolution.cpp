#include "abi.h"

using namespace maml;

// Each of these arrays holds two numbers: height, then width.

MAML_API Handle maml_conv2d(Handle input, Handle weight, Handle bias, const std::int64_t* strides,
    const std::int64_t* padding, const std::int64_t* dilation, std::int64_t groups)
{
    return guarded([&] {
        return at::conv2d(
            *input, *weight, optional(bias), dims(strides, 2), dims(padding, 2), dims(dilation, 2), groups);
    });
}

MAML_API Handle maml_conv_transpose2d(Handle input, Handle weight, Handle bias, const std::int64_t* strides,
    const std::int64_t* padding, const std::int64_t* output_padding, const std::int64_t* dilation, std::int64_t groups)
{
    return guarded([&] {
        return at::conv_transpose2d(*input, *weight, optional(bias), dims(strides, 2), dims(padding, 2),
            dims(output_padding, 2), groups, dims(dilation, 2));
    });
}

MAML_API Handle maml_unfold(Handle input, const std::int64_t* kernel, const std::int64_t* dilation,
    const std::int64_t* padding, const std::int64_t* stride)
{
    return guarded(
        [&] { return at::im2col(*input, dims(kernel, 2), dims(dilation, 2), dims(padding, 2), dims(stride, 2)); });
}

MAML_API Handle maml_fold(Handle input, const std::int64_t* size, const std::int64_t* kernel,
    const std::int64_t* dilation, const std::int64_t* padding, const std::int64_t* stride)
{
    return guarded([&] {
        return at::col2im(
            *input, dims(size, 2), dims(kernel, 2), dims(dilation, 2), dims(padding, 2), dims(stride, 2));
    });
}

MAML_API Handle maml_pad(Handle input, const std::int64_t* pad, std::int64_t count, const char* mode, double value)
{
    return guarded([&] {
        Maybe<double> fill;
        // libtorch refuses a fill value for the modes that take their values from the input.
        if (std::string(mode) == "constant") fill = value;
        return at::pad(*input, dims(pad, count), mode, fill);
    });
}
