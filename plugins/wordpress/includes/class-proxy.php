<?php
/**
 * The REST route through which the editor reaches the service.
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

/**
 * Passes unsaved content on for those who may edit the post. The service's address and key stay on this server; no CORS is needed.
 *
 * WordPress takes who sends no valid nonce for a stranger, who may edit nothing.
 */
final class Proxy {

	const SPACE = 'quote-attribution/v1';
	const FORMS = array(
		'json'   => 'application/json',
		'jsonld' => 'application/ld+json',
	);

	/** Hook into the REST API. */
	public static function register() {
		add_action( 'rest_api_init', array( self::class, 'add_route' ) );
	}

	/** Add `POST /quote-attribution/v1/quotes`, which speaks as the service does. */
	public static function add_route() {
		register_rest_route(
			self::SPACE,
			'/quotes',
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'answer' ),
				'permission_callback' => array( self::class, 'may_ask' ),
				'args'                => array(
					'post' => array(
						'type'     => 'integer',
						'required' => true,
					),
					'html' => array(
						'type'     => 'string',
						'required' => true,
					),
					'form' => array(
						'type'    => 'string',
						'enum'    => array_keys( self::FORMS ),
						'default' => 'json',
					),
				),
			)
		);
	}

	/**
	 * Tell whether the user may edit the post that the content is of.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public static function may_ask( \WP_REST_Request $request ): bool {
		return current_user_can( 'edit_post', (int) $request['post'] );
	}

	/**
	 * Pass the content on and the answer back, with its status and the time to wait.
	 *
	 * @param \WP_REST_Request $request The request. Its HTML is neither stored nor printed, and goes on unchanged: offsets count on it.
	 */
	public static function answer( \WP_REST_Request $request ): \WP_REST_Response {
		$article  = array(
			'id'      => (string) $request['post'],
			'url'     => get_permalink( (int) $request['post'] ),
			'html'    => $request['html'],
			'options' => array(
				'offset_unit'  => 'utf16',
				'include_text' => false,
			),
		);
		$answer   = Service::ask( $article, self::FORMS[ $request['form'] ] );
		$response = new \WP_REST_Response( $answer['body'], $answer['status'] );
		if ( null !== $answer['retry_after'] ) {
			$response->header( 'Retry-After', (string) $answer['retry_after'] );
		}
		return $response;
	}
}
